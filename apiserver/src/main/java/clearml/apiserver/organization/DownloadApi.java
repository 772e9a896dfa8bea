package clearml.apiserver.organization;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.ApiError;
import clearml.apiserver.call.ApiVersion;
import clearml.apiserver.call.Call;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import clearml.apiserver.call.FileAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tables of tasks and models as files, in two calls: a browser cannot send a query with a link. */
@ApiController
class DownloadApi {

    private final Downloads downloads;

    DownloadApi(Downloads downloads) {
        this.downloads = downloads;
    }

    /**
     * The rest of the request is one of {@code tasks.get_all_ex} or {@code models.get_all_ex}.
     *
     * @param fieldMappings the columns
     */
    record Request(
            @Nullable TableType entityType,
            @Field(minItems = 1) List<String> onlyFields,
            @Field(minItems = 1) List<Column.Mapping> fieldMappings) {

        /** @param json the whole request */
        Table table(String json) {
            if (entityType == null) {
                throw ApiError.VALIDATION_ERROR.of("Unsupported entity type: None");
            }
            return new Table(entityType, Column.of(fieldMappings), json);
        }
    }

    record Prepared(
            @Field(required = true, lenientText = true) String prepareId) {}

    /** {@code {"prepare_id": ...}} for the download, for some minutes. Errors are those of the list. */
    @ApiCall("organization.prepare_download_for_get_all")
    Map<String, Object> prepare(Request request, CallBody body, Call call, Caller caller, ApiVersion version) {
        Table table = request.table(JsonMapper.shared().writeValueAsString(body.fields()));
        downloads.prepare(call.id(), table, caller.company(), version);
        return Map.of("prepare_id", call.id());
    }

    /** The list that was prepared, as it is now, as CSV. 400/10 when it was too long ago. */
    @ApiCall("organization.download_for_get_all")
    FileAnswer download(Prepared prepared, Caller caller, ApiVersion version) {
        return downloads.file(prepared.prepareId(), caller.company(), version);
    }
}
