package urgency.mail;

import java.util.List;

/** What must never become a header or an address. */
public final class HostileMail {
  public static final List<String> ADDRESSES =
      List.of(
          "",
          " ",
          "ada",
          "@b.example",
          "ada@",
          "ada@b.example\r\nBcc: thief@c.example",
          "ada@b.example\nBcc: thief@c.example",
          "ada@b.example, thief@c.example",
          "ada@b.example;thief@c.example",
          "\"ada\r\n\"@b.example",
          "<ada@b.example>",
          "Ada <ada@b.example>",
          "ada@b..example",
          "ada@-b.example",
          ".ada@b.example",
          "ada@b.example\0",
          "ada\u2028@b.example",
          "ädä@b.example",
          "a".repeat(65) + "@b.example",
          "ada@" + "b".repeat(260) + ".example");

  public static final List<String> LINES =
      List.of(
          "Lamp\r\nBcc: thief@c.example",
          "Lamp\nBcc: thief@c.example",
          "Lamp\rX",
          "Lamp\0",
          "Lamp\u0085X");

  private HostileMail() {}
}
