package dev.rapport.query;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * The root of the query side: an application imports it, brings an {@link dev.rapport.events.storage.EventLog} and Spring Security, and
 * says where the read database is ({@code rapport.read.url}).
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
        excludeFilters = @ComponentScan.Filter(SpringBootConfiguration.class))
public class QuerySide {}
