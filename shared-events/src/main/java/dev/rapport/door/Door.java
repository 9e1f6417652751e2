package dev.rapport.door;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The door as a whole, for an application to import beside the sides that stand behind it. */
@Configuration(proxyBeanMethods = false)
@Import({AccessConfiguration.class, ApiDocument.class, HealthController.class, ProblemsConfiguration.class})
public class Door {}
