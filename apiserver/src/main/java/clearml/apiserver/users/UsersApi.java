package clearml.apiserver.users;

import clearml.apiserver.call.Access;
import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.CallBody;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People. */
@ApiController
class UsersApi {

    private final Users users;
    private final UserLists lists;

    UsersApi(Users users, UserLists lists) {
        this.users = users;
        this.lists = lists;
    }

    record UserRequest(@Field(required = true) String user) {}

    record CreateRequest(
            @Field(required = true) String id,
            @Field(required = true) String company,
            @Field(required = true) String name,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String avatar) {}

    /** @param fields what was sent of the fields that can be changed */
    record Updated(int updated, Map<String, @Nullable Object> fields) {}

    /** The caller, and what the web UI needs to start. */
    @ApiCall("users.get_current_user")
    Map<String, Object> current(Caller caller) {
        return users.current(caller);
    }

    /** Everything about a person of the caller's company; the system sees all companies. */
    @ApiCall("users.get_by_id")
    Map<String, Object> byId(UserRequest request, Caller caller) {
        return Map.of("user", users.whole(request.user(), caller));
    }

    /** People of the company, plain. */
    @ApiCall("users.get_all")
    Map<String, Object> all(CallBody request, Caller caller) {
        return lists.plain(request.fields(), caller.company());
    }

    /** People of the company, joined. */
    @ApiCall("users.get_all_ex")
    Map<String, Object> allJoined(CallBody request, Caller caller) {
        return lists.joined(request.fields(), caller.company());
    }

    /** The same; {@code active_in_projects} leaves those who have something in these projects. */
    @ApiCall(value = "users.get_all_ex", since = "2.8")
    Map<String, Object> allActive(CallBody request, Caller caller) {
        return lists.active(request.fields(), caller.company());
    }

    /** Makes a person who cannot log in. */
    @ApiCall(value = "users.create", access = Access.SYSTEM)
    Map<String, Object> create(CreateRequest request) {
        users.create(request);
        return Map.of();
    }

    /** Deletes the person; who can log in stays. */
    @ApiCall(value = "users.delete", access = Access.SYSTEM)
    Map<String, Object> delete(UserRequest request) {
        users.delete(request.user());
        return Map.of();
    }

    /** Changes names. */
    @ApiCall("users.update")
    Updated update(UserRequest request, CallBody body, Caller caller) {
        return users.update(request.user(), caller.company(), body.fields());
    }
}
