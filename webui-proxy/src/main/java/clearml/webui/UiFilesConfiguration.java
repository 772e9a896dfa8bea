package clearml.webui;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Serves the files of a web UI build, and its {@code index.html} for the paths that its router makes up. */
@Configuration(proxyBeanMethods = false)
class UiFilesConfiguration implements WebMvcConfigurer {

    private static final String HASHED = "/*-{hash:[A-Z0-9]+}.{kind:js|css|woff2}";

    private final WebUiSettings settings;

    UiFilesConfiguration(WebUiSettings settings) {
        this.settings = settings;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        settings.folder().ifPresent(folder -> {
            String location = folder.toUri().toString();
            registry.addResourceHandler(HASHED)
                    .addResourceLocations(location)
                    .setCacheControl(CacheControl.maxAge(365, TimeUnit.DAYS).immutable());
            registry.addResourceHandler("/**")
                    .addResourceLocations(location)
                    .setCacheControl(CacheControl.noCache())
                    .resourceChain(false)
                    .addResolver(new OrIndex(new FileSystemResource(folder.resolve("index.html"))));
        });
    }

    /** A missing file, which has a suffix, stays missing: a page in place of a script would only confuse. */
    private static final class OrIndex extends PathResourceResolver {

        private final Resource index;

        OrIndex(Resource index) {
            this.index = index;
        }

        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            if (file != null && file.isFile() && file.getFile().isFile()) {
                return file;
            }
            return path.substring(path.lastIndexOf('/') + 1).contains(".") ? null : index;
        }
    }
}
