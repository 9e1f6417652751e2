package dev.rapport.query;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The root of the query side: an application imports it, brings an {@link dev.rapport.events.storage.EventLog} and Spring Security, and
 * says where the read database is ({@code rapport.read.url}).
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class QuerySide {}
