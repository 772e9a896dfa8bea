package clearml.apiserver.call;

/**
 * What the configuration says about paths.
 *
 * @param stripPrefix {@code apiserver.request.strip_prefix}, or empty
 * @param versionRequired {@code apiserver.version.required}
 * @param checkMaxVersion {@code apiserver.version.check_max_version}
 */
record PathRules(String stripPrefix, boolean versionRequired, boolean checkMaxVersion) {

    String strip(String path) {
        return !stripPrefix.isEmpty() && path.startsWith(stripPrefix) ? path.substring(stripPrefix.length()) : path;
    }

    /** The version asked for, the newest when the path has none. */
    ApiVersion requested(CallPath path) {
        ApiVersion version = path.version();
        if (version == null) {
            if (versionRequired) {
                throw ApiException.message(ApiError.BAD_REQUEST, "Invalid request path /" + path.name());
            }
            return ApiVersion.MAX;
        }
        if (checkMaxVersion && version.compareTo(ApiVersion.MAX) > 0) {
            throw ApiException.message(
                    ApiError.BAD_REQUEST, "Invalid API version (max. supported version is " + ApiVersion.MAX + ")");
        }
        return version;
    }
}
