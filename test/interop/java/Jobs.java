import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * One JVM per batch: each line of standard input is a job, its words parted by tabs, and each is answered by one line
 * "ok TAB result" or "error TAB reason". A job that throws ends itself, not the batch.
 */
final class Jobs {
  interface Job {
    String run(String[] words) throws Exception;
  }

  private Jobs() {}

  static void answer(Job job) throws Exception {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    java.io.PrintStream output = new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries print must not be taken for an answer
    System.setOut(System.err);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.isEmpty()) continue;
      try {
        output.println("ok\t" + oneLine(job.run(line.split("\t", -1))));
      } catch (Throwable problem) {
        output.println("error\t" + oneLine(describe(problem)));
      }
    }
  }

  private static String describe(Throwable problem) {
    StringBuilder text = new StringBuilder(problem.toString());
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) text.append(" / ").append(cause);
    return text.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n\\t]+", " ");
  }
}
