package clearml.apiserver.call;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Sends a {@link FileAnswer}: headers, then the content as it is made. */
final class FileAnswers {

    private FileAnswers() {}

    static void write(FileAnswer file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ContentType.set(request, response, file.contentType());
        response.setHeader("Content-Disposition", disposition(file.fileName()));
        response.setHeader("Cache-Control", "no-store, max-age=0");
        file.body().writeTo(response.getOutputStream());
    }

    private static String disposition(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("[^\\x20-\\x7e]", "");
        if (ascii.equals(name)) {
            return "attachment; filename=" + name;
        }
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=" + ascii + "; filename*=UTF-8''" + encoded;
    }
}
