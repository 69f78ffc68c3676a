import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Opens a trading sequence with nothing but the JDK (17 or later):
 *   java SendAct.java http://127.0.0.1:26680 platform.json SC-TEST 接口联调
 * platform.json is a key file of `dujiang keys new --scheme ed25519`, registered with members.key.add.
 */
public class SendAct {
  static final HttpClient HTTP = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    String node = args[0];
    String keyFile = Files.readString(Path.of(args[1]));
    String status = get(node + "/v1/status");
    long nowMs = System.currentTimeMillis();

    // TreeMap orders by UTF-16 code unit, as canonical JSON does.
    Map<String, Object> body = new TreeMap<>();
    body.put("act", "auction.sequence.open");
    body.put("v", 1);
    body.put("chain", field(status, "chain"));
    body.put("domain", field(status, "domain"));
    body.put("expires", nowMs + 600_000);
    body.put("key", field(keyFile, "key"));
    body.put("org", field(keyFile, "org"));
    body.put("ref", HexFormat.of().formatHex(SecureRandom.getSeed(16)));
    body.put("sequence", nowMs * 1_000);
    body.put("payload", new TreeMap<>(Map.of("sequence", args[2], "name", args[3])));

    byte[] signed = utf8("dujiang/act/1\n" + canonical(body));
    String id = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signed));
    String sig = HexFormat.of().formatHex(sign(HexFormat.of().parseHex(field(keyFile, "secret")), signed));

    // These bytes are the act. Keep them: after a lost answer exactly these are sent again.
    byte[] act = utf8("{\"body\":" + canonical(body) + ",\"sig\":\"" + sig + "\"}");
    var request = HttpRequest.newBuilder(URI.create(node + "/v1/acts"))
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(act)).build();
    var answer = HTTP.send(request, BodyHandlers.ofString());
    System.out.println("id " + id);
    System.out.println(answer.statusCode() + " " + answer.body());
  }

  /** Canonical JSON (RFC 8785) of what acts are made of: objects, lists, texts, whole numbers, booleans. */
  static String canonical(Object value) {
    if (value instanceof Map<?, ?> map)
      return map.entrySet().stream().map(e -> canonical(e.getKey()) + ":" + canonical(e.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    if (value instanceof List<?> list)
      return list.stream().map(SendAct::canonical).collect(Collectors.joining(",", "[", "]"));
    // Texts of acts hold no control characters, so only these two are escaped.
    if (value instanceof String text) return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return value.toString();
  }

  static byte[] sign(byte[] secret, byte[] message) throws Exception {
    var key = KeyFactory.getInstance("Ed25519")
        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  static String get(String url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
  }

  /** A text field of flat JSON; a real system uses its JSON library. */
  static String field(String json, String name) {
    var match = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!match.find()) throw new IllegalArgumentException("no field " + name);
    return match.group(1);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
