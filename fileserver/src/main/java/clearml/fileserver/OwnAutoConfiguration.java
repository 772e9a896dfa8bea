package clearml.fileserver;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Spring Boot's automatic configuration, but only of what a file server needs: in one process with other servers, their
 * databases and their security are on the class path, too.
 */
final class OwnAutoConfiguration extends AutoConfigurationImportSelector {

    private static final List<String> WANTED = List.of(
            "org.springframework.boot.actuate.",
            "org.springframework.boot.autoconfigure.",
            "org.springframework.boot.health.",
            "org.springframework.boot.http.converter.",
            "org.springframework.boot.jackson.",
            "org.springframework.boot.micrometer.",
            "org.springframework.boot.servlet.",
            "org.springframework.boot.tomcat.",
            "org.springframework.boot.webmvc.");

    /** {@code /error} is a path like any other. */
    private static final Set<String> UNWANTED = Set.of(
            "org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration",
            "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration");

    @Override
    protected List<String> getCandidateConfigurations(
            AnnotationMetadata metadata, @Nullable AnnotationAttributes attributes) {
        return getCandidates(super.getCandidateConfigurations(metadata, attributes));
    }

    private static List<String> getCandidates(List<String> all) {
        return all.stream()
                .filter(name -> WANTED.stream().anyMatch(name::startsWith) && !UNWANTED.contains(name))
                .toList();
    }

    @Override
    protected Class<?> getAnnotationClass() {
        return OwnAutoConfiguration.class;
    }

    @Override
    protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
        return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
    }
}
