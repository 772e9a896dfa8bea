package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What the arguments of an endpoint's method are taken from. */
record CallArguments(Call call, CallBody body, HttpServletRequest request, HttpServletResponse response) {}
