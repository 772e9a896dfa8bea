package clearml.apiserver.server;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiVersion;
import clearml.config.BuildInfo;
import clearml.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs here. */
@ApiController
class ServerApi {

    private final BuildInfo build;
    private final Installation installation;
    private final ShownConfiguration configuration;
    private final EndpointList endpoints;

    ServerApi(
            ServerConfig config, Installation installation, ShownConfiguration configuration, EndpointList endpoints) {
        this.build = config.build();
        this.installation = installation;
        this.configuration = configuration;
        this.endpoints = endpoints;
    }

    record ConfigRequest(@Nullable String path) {}

    /** The versions of the server. */
    @ApiCall("server.info")
    Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", build.version());
        info.put("build", build.build());
        info.put("commit", build.commit());
        return info;
    }

    /** The same with the id of the installation. */
    @ApiCall(value = "server.info", since = "2.8")
    Map<String, Object> infoWithUid() {
        Map<String, Object> info = info();
        info.put("uid", installation.uuid());
        return info;
    }

    /** The same with the newest version of the API instead. */
    @ApiCall(value = "server.info", since = "2.12")
    Map<String, Object> infoWithApiVersion() {
        Map<String, Object> info = info();
        info.put("api_version", ApiVersion.MAX.text());
        return info;
    }

    /** The configuration, or the part of it at a dotted path, without secrets. */
    @ApiCall(value = "server.config", access = Access.SYSTEM)
    Object config(ConfigRequest request) {
        return configuration.at(request.path());
    }

    /** Every endpoint with its implementations, newest first. */
    @ApiCall(value = "server.endpoints", access = Access.SYSTEM)
    Map<String, Object> endpoints() {
        return Map.of("endpoints", endpoints.all(), "models", Map.of());
    }
}
