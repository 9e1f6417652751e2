package dev.rapport.query.http;

import dev.rapport.query.consistency.ProjectedPosition;
import dev.rapport.query.database.Snapshots;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** What Spring MVC has to know to serve queries. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportProperties.class)
class HttpConfiguration implements WebMvcConfigurer {

    private final ObjectProvider<Exports> exports;

    HttpConfiguration(ObjectProvider<Exports> exports) {
        this.exports = exports;
    }

    @Bean
    static WebMvcRegistrations queryMappings() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new QueryMappings();
            }
        };
    }

    @Bean
    static Exports exports(
            RequestMappingHandlerAdapter adapter,
            Snapshots snapshots,
            ProjectedPosition position,
            JsonMapper json,
            ExportProperties properties) {
        return new Exports(
                Objects.requireNonNull(adapter.getArgumentResolvers()), snapshots, position, json, properties);
    }

    @Bean
    @Order(0)
    GlobalOpenApiCustomizer queryOperations(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        // asked for late: the mapping needs this very configuration
        return document -> new QueryOperations(mappings.getObject()).customise(document);
    }

    /** After all others: what is in the way of a query is in the way of its export. */
    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new RepresentationInterceptor(exports)).order(Ordered.LOWEST_PRECEDENCE);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> hangingUpOfTomcat() {
        return tomcat -> tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new HangUp.Valve()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ViewerOfRequest());
        resolvers.add(new OperatorOfRequest());
        resolvers.add(new QueryParameters());
        resolvers.add(new JsonBodies());
        resolvers.add(new Headers());
    }
}
