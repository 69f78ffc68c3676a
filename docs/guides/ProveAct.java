import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * Signs with SM2, sends with retry, and verifies the receipt, with the JDK (17 or later) and BouncyCastle:
 *   java -cp bcprov-jdk18on-1.84.jar ProveAct.java send http://a:26680,http://b:26680 key.json genesis.json SC-TEST 接口联调 proof.json
 *   java -cp bcprov-jdk18on-1.84.jar ProveAct.java verify genesis.json proof.json
 * `verify` asks nobody: it trusts the genesis file alone. It ends with status 1 at the first step that does not hold.
 */
public class ProveAct {
  static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  static final HexFormat HEX = HexFormat.of();

  public static void main(String[] args) throws Exception {
    if (args.length == 7 && args[0].equals("send")) send(args);
    else if (args.length == 3 && args[0].equals("verify")) verify(read(args[1]), read(args[2]));
    else throw new IllegalArgumentException("send NODES KEY GENESIS SEQUENCE NAME PROOF, or verify GENESIS PROOF");
  }

  // ---- Sending -------------------------------------------------------------------------------------------------

  static void send(String[] args) throws Exception {
    List<String> nodes = List.of(args[1].split(","));
    var key = (Map<?, ?>) Json.parse(Files.readString(Path.of(args[2])));
    byte[] genesis = read(args[3]);
    long nowMs = System.currentTimeMillis();

    // TreeMap orders by UTF-16 code unit, as canonical JSON does.
    Map<String, Object> body = new TreeMap<>();
    body.put("act", "auction.sequence.open");
    body.put("v", 1L);
    body.put("chain", hex(sha256(genesis)));
    body.put("domain", ((Map<?, ?>) Json.parse(utf8(genesis))).get("domain"));
    body.put("expires", nowMs + 600_000);
    body.put("key", key.get("key"));
    body.put("org", key.get("org"));
    body.put("ref", hex(SecureRandom.getSeed(16)));
    body.put("sequence", nowMs * 1_000);
    body.put("payload", new TreeMap<>(Map.of("sequence", args[4], "name", args[5])));

    byte[] signed = concat(utf8("dujiang/act/1\n"), utf8(Json.write(body)));
    String id = hex(sha256(signed));
    String sig = hex(signSm2(new BigInteger(1, HEX.parseHex((String) key.get("secret"))), signed));
    // These bytes are the act. After a lost answer exactly these go out again, to any node: it is executed once.
    byte[] act = utf8("{\"body\":" + Json.write(body) + ",\"sig\":\"" + sig + "\"}");
    System.out.println("id " + id);

    var answer = untilAnswered(nodes, act);
    var receipt = (Map<?, ?>) answer.get("receipt");
    System.out.println("code " + receipt.get("code") + " index " + receipt.get("index") + " repeated " + answer.get("repeated"));
    // The same again is no second act.
    System.out.println("again: repeated " + untilAnswered(nodes, act).get("repeated"));

    byte[] proof = untilProvable(nodes, id);
    Files.write(Path.of(args[6]), proof);
    String proven = verify(genesis, proof);
    if (!proven.equals(id)) throw new IllegalStateException("the proof is of another act");
  }

  /** Sends the same bytes, to one node after the other, until there is an answer or they have expired. */
  static Map<?, ?> untilAnswered(List<String> nodes, byte[] act) throws Exception {
    for (int tries = 0; ; tries++) {
      String node = nodes.get(tries % nodes.size());
      long pauseMs = Math.min(100L << Math.min(tries / nodes.size(), 6), 5_000);
      try {
        var request = HttpRequest.newBuilder(URI.create(node + "/v1/acts"))
            .header("content-type", "application/json").timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofByteArray(act)).build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        int status = response.statusCode();
        if (status == 200) return (Map<?, ?>) Json.parse(response.body());
        // 4xx but 429: it is not taken and left no trace; correct it and sign anew.
        if (status != 429 && status < 500) throw new IllegalStateException(status + " " + response.body());
        pauseMs = response.headers().firstValueAsLong("retry-after").orElse(0) * 1_000 + pauseMs;
        System.out.println(node + " answered " + status + ": the same bytes again");
      } catch (IOException lost) {
        System.out.println(node + " gave no answer: the same bytes to the next");
      }
      Thread.sleep(pauseMs);
    }
  }

  /** The proof file, once the next header commits to the receipt; it is nobody's secret who asks, so any node will do. */
  static byte[] untilProvable(List<String> nodes, String id) throws Exception {
    for (int tries = 0; tries < 300; tries++) {
      try {
        var request = HttpRequest.newBuilder(URI.create(nodes.get(tries % nodes.size()) + "/v1/receipts/" + id + "/proof"))
            .timeout(Duration.ofSeconds(10)).build();
        HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() == 200) return response.body();
      } catch (IOException lost) {
        // The next node.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("not provable yet");
  }

  /** SM2 over SM3(Z ‖ message) with the standard's default user id; r ‖ s, 32 bytes each. */
  static byte[] signSm2(BigInteger secret, byte[] message) throws Exception {
    var curve = GMNamedCurves.getByName("sm2p256v1");
    var domain = new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    var signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
    signer.init(true, new ParametersWithID(new ECPrivateKeyParameters(secret, domain), utf8("1234567812345678")));
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  // ---- Verifying: the steps of spec/README.md, "Proof files" -----------------------------------------------------

  /** Checks every step and gives the id of the act that is proved. */
  static String verify(byte[] genesisBytes, byte[] file) throws Exception {
    var genesis = (Map<?, ?>) Json.parse(utf8(genesisBytes));
    var proof = (Map<?, ?>) Json.parse(utf8(file));
    var receipt = (Map<?, ?>) proof.get("receipt");
    var header = (Map<?, ?>) proof.get("header");
    step("form", "dujiang-receipt".equals(proof.get("kind")) && utf8(file).equals(Json.write(proof)));

    byte[] chain = sha256(genesisBytes);
    String chainId = "dujiang-" + hex(chain).substring(0, 32);
    step("chain", hex(chain).equals(proof.get("chain")) && chainId.equals(header.get("chainId")));

    var act = (Map<?, ?>) proof.get("act");
    step("act", act == null
        || hex(sha256(concat(utf8("dujiang/act/1\n"), utf8(Json.write(act.get("body")))))).equals(receipt.get("id")));
    step("events", hex(sha256(utf8(Json.write(proof.get("events"))))).equals(receipt.get("events")));

    var log = (Map<?, ?>) proof.get("receipts");
    byte[] root = bytes(log, "root");
    byte[] leaf = sha256(new byte[] {0}, utf8(Json.write(receipt)));
    step("inclusion", Arrays.equals(root, rootFrom(leaf, number(receipt, "index"), number(log, "size"), (List<?>) proof.get("path"))));

    byte[] size = ByteBuffer.allocate(8).putLong(number(log, "size")).array();
    byte[] appHash = sha256(utf8("dujiang/app/1"), bytes(proof, "stateRoot"), root, size);
    step("appHash", Arrays.equals(appHash, bytes(header, "appHash")) && number(receipt, "height") < number(header, "height"));

    // Where the validators have changed since the genesis file, `trust` leads from those to these: `dujiang verify` follows it.
    List<Validator> validators = validatorsOf(genesis);
    step("validators", Arrays.equals(merkle(validators.stream().map(Validator::leaf).toList()), bytes(header, "validatorsHash")));
    step("commit", isSigned(chainId, header, (Map<?, ?>) proof.get("commit"), validators));

    System.out.println("verified: " + receipt.get("act") + " code " + receipt.get("code") + " at height " + receipt.get("height")
        + "; this trusts " + validators.stream().map(Validator::name).collect(Collectors.joining(", ")));
    return (String) receipt.get("id");
  }

  static void step(String name, boolean holds) {
    System.out.println((holds ? "ok   " : "FAIL ") + name);
    if (!holds) System.exit(1);
  }

  /** RFC 9162, 2.1.3.2: the root that this path leads to; empty where the path does not fit. */
  static byte[] rootFrom(byte[] leaf, long index, long size, List<?> path) throws Exception {
    if (index >= size) return new byte[0];
    byte[] node = leaf;
    long at = index;
    long last = size - 1;
    for (Object each : path) {
      if (last == 0) return new byte[0];
      byte[] sibling = HEX.parseHex((String) each);
      if ((at & 1) == 1 || at == last) {
        node = sha256(new byte[] {1}, sibling, node);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else node = sha256(new byte[] {1}, node, sibling);
      at >>= 1;
      last >>= 1;
    }
    return last == 0 ? node : new byte[0];
  }

  /** RFC 6962: the root over these leaves. */
  static byte[] merkle(List<byte[]> leaves) throws Exception {
    if (leaves.isEmpty()) return sha256();
    if (leaves.size() == 1) return sha256(new byte[] {0}, leaves.get(0));
    int left = Integer.highestOneBit(leaves.size() - 1);
    return sha256(new byte[] {1}, merkle(leaves.subList(0, left)), merkle(leaves.subList(left, leaves.size())));
  }

  record Validator(String name, byte[] key, long power, byte[] address) {
    byte[] leaf() {
      return new Proto().message(1, new Proto().bytes(1, key).done()).number(2, power).done();
    }
  }

  /** In the order of the engine: power descending, then address ascending. */
  static List<Validator> validatorsOf(Map<?, ?> genesis) throws Exception {
    List<Validator> all = new ArrayList<>();
    for (Object each : (List<?>) genesis.get("validators")) {
      var validator = (Map<?, ?>) each;
      byte[] key = bytes(validator, "key");
      all.add(new Validator((String) validator.get("name"), key, number(validator, "power"), Arrays.copyOf(sha256(key), 20)));
    }
    all.sort(Comparator.comparingLong(Validator::power).reversed()
        .thenComparing(Validator::address, Arrays::compareUnsigned));
    return all;
  }

  /** Did validators with more than two thirds of the power sign this very header? */
  static boolean isSigned(String chainId, Map<?, ?> header, Map<?, ?> commit, List<Validator> validators) throws Exception {
    var blockId = (Map<?, ?>) commit.get("blockId");
    var entries = (List<?>) commit.get("signatures");
    if (!Arrays.equals(headerHash(header), bytes(blockId, "hash"))) return false;
    if (number(commit, "height") != number(header, "height") || entries.size() != validators.size()) return false;
    long signed = 0;
    long total = 0;
    for (int at = 0; at < entries.size(); at++) {
      var entry = (Map<?, ?>) entries.get(at);
      var validator = validators.get(at);
      long flag = number(entry, "flag");
      total += validator.power();
      if (flag == 1) continue;
      if (!Arrays.equals(bytes(entry, "validatorAddress"), validator.address())) return false;
      var vote = new Proto().number(1, 2).fixed(2, number(commit, "height")).fixed(3, number(commit, "round"));
      if (flag == 2) vote.message(4, blockId(blockId));
      byte[] canonical = vote.message(5, time((Map<?, ?>) entry.get("time"))).bytes(6, utf8(chainId)).done();
      byte[] message = concat(Proto.varint(canonical.length), canonical);
      if (!holdsEd25519(validator.key(), message, bytes(entry, "signature"))) return false;
      if (flag == 2) signed += validator.power();
    }
    return Math.multiplyExact(3L, signed) > Math.multiplyExact(2L, total);
  }

  /** The Merkle root of the fourteen fields. */
  static byte[] headerHash(Map<?, ?> header) throws Exception {
    var version = (Map<?, ?>) header.get("version");
    List<byte[]> fields = new ArrayList<>();
    fields.add(new Proto().number(1, number(version, "block")).number(2, number(version, "app")).done());
    fields.add(new Proto().bytes(1, utf8((String) header.get("chainId"))).done());
    fields.add(new Proto().number(1, number(header, "height")).done());
    fields.add(time((Map<?, ?>) header.get("time")));
    fields.add(blockId((Map<?, ?>) header.get("lastBlockId")));
    for (String name : List.of("lastCommitHash", "dataHash", "validatorsHash", "nextValidatorsHash", "consensusHash", "appHash",
        "lastResultsHash", "evidenceHash", "proposerAddress")) fields.add(new Proto().bytes(1, bytes(header, name)).done());
    return merkle(fields);
  }

  static byte[] time(Map<?, ?> time) {
    return new Proto().number(1, number(time, "s")).number(2, number(time, "n")).done();
  }

  static byte[] blockId(Map<?, ?> id) {
    var parts = (Map<?, ?>) id.get("parts");
    byte[] partSet = new Proto().number(1, number(parts, "total")).bytes(2, bytes(parts, "hash")).done();
    return new Proto().bytes(1, bytes(id, "hash")).message(2, partSet).done();
  }

  static boolean holdsEd25519(byte[] key, byte[] message, byte[] signature) throws Exception {
    byte[] encoded = concat(HEX.parseHex("302a300506032b6570032100"), key);
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(message);
    try {
      return verifier.verify(signature);
    } catch (SignatureException noSignature) {
      // Bytes that are no point of the curve.
      return false;
    }
  }

  /** Protobuf as the engine writes it: fields ascending, empty ones left out, embedded messages always there. */
  static class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Proto number(int field, long value) {
      if (value != 0) write(field << 3, varint(value));
      return this;
    }

    Proto fixed(int field, long value) {
      if (value != 0) write(field << 3 | 1, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
      return this;
    }

    Proto bytes(int field, byte[] value) {
      return value.length == 0 ? this : message(field, value);
    }

    Proto message(int field, byte[] value) {
      write(field << 3 | 2, varint(value.length));
      out.writeBytes(value);
      return this;
    }

    byte[] done() {
      return out.toByteArray();
    }

    private void write(int tag, byte[] bytes) {
      out.write(tag);
      out.writeBytes(bytes);
    }

    static byte[] varint(long value) {
      var bytes = new ByteArrayOutputStream();
      for (; (value & ~0x7fL) != 0; value >>>= 7) bytes.write((int) (value & 0x7f | 0x80));
      bytes.write((int) value);
      return bytes.toByteArray();
    }
  }

  /** The JSON of this ledger: objects, lists, texts, whole numbers, booleans. A real system uses its JSON library to read. */
  static class Json {
    private final String text;
    private int at = 0;

    private Json(String text) {
      this.text = text;
    }

    static Object parse(String text) {
      var json = new Json(text);
      Object value = json.value();
      json.skip();
      if (json.at != text.length()) throw new IllegalArgumentException("not JSON at " + json.at);
      return value;
    }

    /** Canonical JSON (RFC 8785). */
    static String write(Object value) {
      if (value instanceof Map<?, ?> map)
        return new TreeMap<Object, Object>(map).entrySet().stream().map(e -> write(e.getKey()) + ":" + write(e.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
      if (value instanceof List<?> list) return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      if (!(value instanceof String string)) return value.toString();
      var quoted = new StringBuilder("\"");
      for (char c : string.toCharArray()) {
        int named = "\b\t\n\f\r\"\\".indexOf(c);
        if (named >= 0) quoted.append('\\').append("btnfr\"\\".charAt(named));
        else if (c < 0x20) quoted.append(String.format("\\u%04x", (int) c));
        else quoted.append(c);
      }
      return quoted.append('"').toString();
    }

    private Object value() {
      skip();
      char c = text.charAt(at);
      if (c == '{') return object();
      if (c == '[') return list();
      if (c == '"') return string();
      int from = at;
      while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(from, at);
      return word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : (Object) Long.valueOf(word);
    }

    private Map<String, Object> object() {
      Map<String, Object> map = new TreeMap<>();
      for (at++; !isNext('}'); ) {
        if (!map.isEmpty()) expect(',');
        skip();
        String name = string();
        expect(':');
        map.put(name, value());
      }
      return map;
    }

    private List<Object> list() {
      List<Object> list = new ArrayList<>();
      for (at++; !isNext(']'); ) {
        if (!list.isEmpty()) expect(',');
        list.add(value());
      }
      return list;
    }

    private String string() {
      expect('"');
      var string = new StringBuilder();
      for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
        if (c != '\\') {
          string.append(c);
          continue;
        }
        char escaped = text.charAt(at++);
        int named = "btnfr".indexOf(escaped);
        if (escaped == 'u') string.append((char) Integer.parseInt(text.substring(at, at += 4), 16));
        else string.append(named < 0 ? escaped : "\b\t\n\f\r".charAt(named));
      }
      return string.toString();
    }

    private boolean isNext(char c) {
      skip();
      if (text.charAt(at) != c) return false;
      at++;
      return true;
    }

    private void expect(char c) {
      if (!isNext(c)) throw new IllegalArgumentException("not JSON at " + at);
    }

    private void skip() {
      while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) at++;
    }
  }

  static byte[] sha256(byte[]... parts) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(concat(parts));
  }

  static byte[] concat(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    for (byte[] part : parts) whole.writeBytes(part);
    return whole.toByteArray();
  }

  static byte[] bytes(Map<?, ?> map, String name) {
    return HEX.parseHex((String) map.get(name));
  }

  static long number(Map<?, ?> map, String name) {
    return (Long) map.get(name);
  }

  static byte[] read(String path) throws IOException {
    return Files.readAllBytes(Path.of(path));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
