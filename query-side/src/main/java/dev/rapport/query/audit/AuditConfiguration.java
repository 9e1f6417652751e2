package dev.rapport.query.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.storage.ConnectionPool;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Keeps the audit area to auditors, and records who reads in it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditDatabaseProperties.class)
class AuditConfiguration implements WebMvcConfigurer {

    static final String AREA = "/api/v1/audit";

    /** Spring Security's filters are at -100, and have to say first who asks. */
    private static final int AFTER_SECURITY = 0;

    @Bean(defaultCandidate = false)
    @AuditDatabase
    HikariDataSource auditDataSource(AuditDatabaseProperties properties) {
        var dataSource = new HikariDataSource(ConnectionPool.set(
                new HikariConfig(),
                "audit",
                properties.url(),
                properties.username(),
                properties.password(),
                properties.connections()));
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/audit")
                // beside the tables of others, which have a history of their own
                .table("audit_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
        return dataSource;
    }

    /** Without transactions: a record is one row, and is lasting when the insertion returns. */
    @Bean(defaultCandidate = false)
    @AuditDatabase
    DSLContext auditJooq(@AuditDatabase DataSource dataSource, AuditDatabaseProperties properties) {
        return DSL.using(
                dataSource,
                JDBCUtils.dialect(properties.url()),
                new Settings()
                        .withRenderSchema(false)
                        .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                        .withExecuteLogging(false));
    }

    @Bean
    FilterRegistrationBean<AccessInterceptor> accessRecords(AccessTable accesses, ObjectProvider<Clock> clock) {
        var registration =
                new FilterRegistrationBean<>(new AccessInterceptor(accesses, clock.getIfAvailable(Clock::systemUTC)));
        registration.addUrlPatterns(AREA, AREA + "/*");
        registration.setOrder(AFTER_SECURITY);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new AuditorInterceptor()).addPathPatterns(AREA, AREA + "/**");
    }
}
