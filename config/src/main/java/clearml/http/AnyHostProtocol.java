package clearml.http;

import java.nio.charset.StandardCharsets;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP for servers whose names have an underscore, as those of containers often do: Tomcat answers 400 to
 * {@code Host: clearml_apiserver:8008}, and has no setting for it.
 */
public final class AnyHostProtocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new AnyHostProcessor(this, getAdapter());
    }

    private static final class AnyHostProcessor extends Http11Processor {

        AnyHostProcessor(AnyHostProtocol protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        @Override
        protected void parseHost(@Nullable MessageBytes header) {
            String host = header == null || header.isNull() ? "" : header.toString();
            if (host.indexOf('_') < 0) {
                super.parseHost(header);
                return;
            }
            byte[] checked = host.replace('_', 'x').getBytes(StandardCharsets.ISO_8859_1);
            MessageBytes without = MessageBytes.newInstance();
            without.setBytes(checked, 0, checked.length);
            super.parseHost(without);
            String parsed = request.serverName().toString();
            if (!getErrorState().isError() && parsed != null) {
                request.serverName().setString(host.substring(0, parsed.length()));
            }
        }
    }
}
