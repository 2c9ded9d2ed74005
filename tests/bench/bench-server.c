/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/rai-clock.h"
#include "util/rai-day.h"
#include "util/rai-uuid.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* bench-server PROGRAM [--quick]: the web service against floors of the same run: a bare libsoup
 * hello, and fdatasync of one page. Requests are measured in the server's CPU time, alternating
 * with the floor's; the figure is the median of the pairs' ratios. Prints a line of JSON a
 * figure. */

#define PASSWORD "nine green apples"
#define MOST_PAIRS 9

static int n_pairs = 7;
static int n_requests = 3000;
static const char *program;
static char *folder;

typedef struct {
  int port;
  pid_t pid;
} Target;

typedef struct {
  int fd;
  char buffer[65536];
} Line;

static int
compare (const void *a, const void *b) {
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values, int n) {
  qsort (values, (size_t) n, sizeof *values, compare);
  return values[n / 2];
}

/* higher is better */
static void
print_figure (const char *name, double value, const char *unit, double floor_value, double target) {
  printf ("{\"group\":\"server\",\"name\":\"%s\",\"value\":%.4g,\"unit\":\"%s\",\"floor\":", name,
          value, unit);
  if (isnan (floor_value))
    printf ("null");
  else
    printf ("%.4g", floor_value);

  if (isnan (target))
    printf (",\"peer\":null,\"target\":null,\"ok\":true}\n");
  else
    printf (",\"peer\":null,\"target\":%.4g,\"ok\":%s}\n", target,
            value >= target ? "true" : "false");

  fflush (stdout);
}

/* ---- A client that costs little: one connection, one request at a time ---- */

static void
line_open (Line *line, int port) {
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port) };
  int one = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  line->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (line->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("cannot connect to port %d", port);
  setsockopt (line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

/* Sends a request and reads the whole answer into the buffer. Returns its status; *body points into
 * the buffer. */
static int
line_send (Line *line, const char *request, size_t length, char **body) {
  size_t got = 0, needed = SIZE_MAX;

  if (write (line->fd, request, length) != (ssize_t) length)
    g_error ("cannot send: %s", g_strerror (errno));
  while (got < needed) {
    ssize_t n = read (line->fd, line->buffer + got, sizeof line->buffer - 1 - got);
    if (n <= 0)
      g_error ("the connection was closed");
    got += (size_t) n;
    line->buffer[got] = '\0';
    char *end = strstr (line->buffer, "\r\n\r\n");
    if (end == NULL || needed != SIZE_MAX)
      continue;
    char *size = strcasestr (line->buffer, "\r\nContent-Length:");
    needed = (size_t) (end + 4 - line->buffer) +
             (size && size < end ? strtoul (size + 17, NULL, 10) : 0);
    if (body != NULL)
      *body = end + 4;
  }

  return atoi (line->buffer + strlen ("HTTP/1.1 "));
}

static char *
make_request (const char *method, const char *path, const char *token, const char *more,
              const char *body) {
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (text, "Authorization: Bearer %s\r\n", token);
  g_string_append (text, more ? more : "");

  if (body != NULL)
    g_string_append_printf (text, "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                            strlen (body), body);
  else
    g_string_append (text, "\r\n");

  return g_string_free (text, FALSE);
}

/* ---- Floors ---- */

static void
hello_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          void *data) {
  static const char answer[] = "{\"status\":\"ok\"}";

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answer,
                                    sizeof answer - 1);
}

static void
serve_hello (int pipe_fd) {
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  soup_server_add_handler (server, NULL, hello_cb, NULL, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    _exit (1);

  GSList *uris = soup_server_get_uris (server);
  int port = g_uri_get_port (uris->data);
  if (write (pipe_fd, &port, sizeof port) != sizeof port)
    _exit (1);

  g_main_loop_run (loop);
}

static Target
start_hello (void) {
  Target target;
  int fds[2];

  if (pipe (fds) != 0)
    g_error ("no pipe");
  target.pid = fork ();
  if (target.pid == 0)
    serve_hello (fds[1]);
  if (read (fds[0], &target.port, sizeof target.port) != sizeof target.port)
    g_error ("hello does not start");

  return target;
}

static double
fdatasyncs_a_second (void) {
  g_autofree char *path = g_build_filename (folder, "floor", NULL);
  int fd = open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  char page[4096] = { 1 };
  int64_t start = g_get_monotonic_time ();
  int n = 0;

  while (g_get_monotonic_time () - start < G_USEC_PER_SEC / 2) {
    if (write (fd, page, sizeof page) != sizeof page || fdatasync (fd) != 0)
      g_error ("cannot write %s", path);
    n++;
  }

  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  close (fd);
  return n / seconds;
}

/* CPU nanoseconds of a process, of all its threads. */
static double
cpu_of (pid_t pid) {
  g_autofree char *path = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) tasks = g_dir_open (path, 0, NULL);

  double sum = 0;
  const char *task;

  while (tasks && (task = g_dir_read_name (tasks))) {
    g_autofree char *file = g_build_filename (path, task, "schedstat", NULL);
    g_autofree char *text = NULL;
    if (g_file_get_contents (file, &text, NULL, NULL))
      sum += g_ascii_strtod (text, NULL);
  }

  return sum;
}

/* CPU microseconds a request. */
static double
cost (const Target *target, const char *request, int expected) {
  g_autofree Line *line = g_new0 (Line, 1);
  size_t length = strlen (request);

  line_open (line, target->port);
  for (int i = 0; i < n_requests / 10; i++)
    line_send (line, request, length, NULL);

  double before = cpu_of (target->pid);
  for (int i = 0; i < n_requests; i++) {
    int status = line_send (line, request, length, NULL);
    if (status != expected)
      g_error ("status %d instead of %d: %s", status, expected, line->buffer);
  }

  double used = cpu_of (target->pid) - before;
  close (line->fd);
  return used / 1000 / n_requests;
}

static void
measure (const char *name, const Target *ours, const Target *hello, const char *request, int status,
         double target) {
  g_autofree char *floor_request = make_request ("GET", "/", NULL, NULL, NULL);
  double ratios[MOST_PAIRS], costs[MOST_PAIRS], floors[MOST_PAIRS];
  g_autofree char *ratio_name = g_strconcat (name, ", speed as share of hello", NULL);
  g_autofree char *cost_name = g_strconcat (name, ", CPU a request", NULL);

  for (int i = 0; i < n_pairs; i++) {
    floors[i] = cost (hello, floor_request, 200);
    costs[i] = cost (ours, request, status);
    ratios[i] = floors[i] / costs[i];
  }

  print_figure (cost_name, median (costs, n_pairs), "us", median (floors, n_pairs), NAN);
  print_figure (ratio_name, median (ratios, n_pairs), "", 1, target);
}

/* ---- Our side ---- */

static void
run_program (const char *input, ...) {
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  va_list words;

  g_ptr_array_add (arguments, (void *) program);
  va_start (words, input);
  for (char *word = va_arg (words, char *); word; word = va_arg (words, char *))
    g_ptr_array_add (arguments, word);

  va_end (words);
  g_ptr_array_add (arguments, NULL);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) arguments->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  if (process == NULL ||
      !g_subprocess_communicate_utf8 (process, input, NULL, NULL, NULL, &error) ||
      !g_subprocess_get_successful (process))
    g_error ("%s failed: %s", program, error ? error->message : "see above");
}

static GSubprocess *
start_server (const char *url, Target *target) {
  g_autoptr (GError) error = NULL;
  GSubprocess *process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        program, "--db", url, "serve", "--listen", "127.0.0.1:0", "--rate", "0",
                        "--exit-with-stdin", "--snapshots", folder, NULL);

  g_autoptr (GDataInputStream) output =
      process ? g_data_input_stream_new (g_subprocess_get_stdout_pipe (process)) : NULL;

  g_autofree char *line =
      output ? g_data_input_stream_read_line (output, NULL, NULL, &error) : NULL;

  if (!line)
    g_error ("%s does not start", program);
  target->port = atoi (strrchr (line, ':') + 1);
  target->pid = atoi (g_subprocess_get_identifier (process));

  return process;
}

static char *
sign_in (const Target *target, const char *login) {
  g_autofree Line *line = g_new0 (Line, 1);
  g_autofree char *body =
      g_strdup_printf ("{\"login\":\"%s\",\"password\":\"%s\"}", login, PASSWORD);
  g_autofree char *request = make_request ("POST", "/v1/auth/login", NULL, NULL, body);
  char *answer = NULL;

  line_open (line, target->port);
  if (line_send (line, request, strlen (request), &answer) != 200)
    g_error ("cannot sign in: %s", answer);
  close (line->fd);
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "access_token"));
}

static char *
etag_of (const Target *target, const char *request) {
  g_autofree Line *line = g_new0 (Line, 1);

  line_open (line, target->port);
  line_send (line, request, strlen (request), NULL);
  close (line->fd);
  char *at = strcasestr (line->buffer, "\r\nETag: ");
  return at ? g_strndup (at + 8, strcspn (at + 8, "\r")) : g_strdup ("");
}

typedef struct {
  const Target *target;
  const char *token;
  int64_t until;
  int n_done;
} Sender;

static void *
send_counts (void *data) {
  Sender *sender = data;
  g_autofree Line *line = g_new0 (Line, 1);

  line_open (line, sender->target->port);
  while (g_get_monotonic_time () < sender->until) {
    char id[RAI_UUID_SIZE];
    g_autofree char *body =
        g_strdup_printf ("{\"id\":\"%s\",\"name\":\"stock.count\",\"arguments\":{\"site\":1,"
                         "\"item\":%d,\"quantity\":5000}}",
                         rai_uuid_new (id), 1 + sender->n_done % 50);
    g_autofree char *request = make_request ("POST", "/v1/commands", sender->token, NULL, body);
    line_send (line, request, strlen (request), NULL);
    sender->n_done += strstr (line->buffer, "\"applied\"") != NULL;
  }

  close (line->fd);
  return NULL;
}

static double
commands_a_second (const Target *target, const char *token, int n_senders, double seconds) {
  Sender senders[64];
  GThread *threads[64];
  int64_t until = g_get_monotonic_time () + (int64_t) (seconds * G_USEC_PER_SEC);
  int n = 0;

  for (int i = 0; i < n_senders; i++) {
    senders[i] = (Sender){ target, token, until, 0 };
    threads[i] = g_thread_new ("send", send_counts, &senders[i]);
  }

  for (int i = 0; i < n_senders; i++) {
    g_thread_join (threads[i]);
    n += senders[i].n_done;
  }

  return n / seconds;
}

/* Durable receipts of three lines, a hundred a request. */
static double
receipts_a_second (const Target *target, const char *token, double seconds) {
  g_autofree Line *line = g_new0 (Line, 1);
  int64_t start = g_get_monotonic_time ();
  int n = 0;

  line_open (line, target->port);
  while (g_get_monotonic_time () - start < seconds * G_USEC_PER_SEC) {
    g_autoptr (GString) body = g_string_new ("[");
    for (int i = 0; i < 100; i++, n++)
      g_string_append_printf (
          body,
          "%s{\"site\":1,\"receipt\":\"B-%d-%" G_GINT64_FORMAT "\",\"sold_at\":%" G_GINT64_FORMAT
          ",\"lines\":[{\"item\":%d,\"quantity\":1000,\"amount\":199},{\"item\":%d,\"quantity\":"
          "2000,"
          "\"amount\":398},{\"item\":%d,\"quantity\":1000,\"amount\":99}]}",
          i > 0 ? "," : "", n, start, rai_now_ms (), 1 + n % 50, 51 + n % 30, 81 + n % 20);
    g_string_append_c (body, ']');
    g_autofree char *request = make_request ("POST", "/v1/sales", token, NULL, body->str);
    line_send (line, request, strlen (request), NULL);
    if (!strstr (line->buffer, "\"added\":100"))
      g_error ("receipts were refused: %s", line->buffer);
  }

  close (line->fd);
  return n / ((double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static void
measure_writes (const Target *ours, const char *token, bool quick) {
  double seconds = quick ? 0.5 : 2;
  double floors[5], ones[5], groups[5];
  int n = quick ? 3 : 5;

  for (int i = 0; i < n; i++) {
    floors[i] = fdatasyncs_a_second ();
    ones[i] = commands_a_second (ours, token, 1, seconds);
    groups[i] = commands_a_second (ours, token, 32, seconds) / ones[i];
    ones[i] /= floors[i];
  }

  double floor_rate = median (floors, n), one = median (ones, n);
  print_figure ("one command a commit, commands", one * floor_rate, "1/s", floor_rate, NAN);
  print_figure ("one command a commit, share of fdatasync", one, "", 1, 0.6);
  print_figure ("32 senders against one", median (groups, n), "", 1, 4);
  print_figure ("durable receipts, 100 a request", receipts_a_second (ours, token, seconds * 2),
                "1/s", NAN, 10000);
}

static double
cpu_here (void) {
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* CPU of a sign-in against that of its one hash: 19 MiB, two passes. Here less is better. */
static void
measure_sign_in (const Target *ours) {
  double costs[MOST_PAIRS], floors[MOST_PAIRS];
  char hash[crypto_pwhash_STRBYTES];

  for (int i = 0; i < n_pairs; i++) {
    double start = cpu_here ();
    if (crypto_pwhash_str (hash, PASSWORD, strlen (PASSWORD), 2, 19 << 20) != 0)
      g_error ("no memory for a hash");
    floors[i] = cpu_here () - start;
    double before = cpu_of (ours->pid);
    g_free (sign_in (ours, "bench"));
    costs[i] = (cpu_of (ours->pid) - before) / 1e6;
  }

  double floor_cost = median (floors, n_pairs), cost_ms = median (costs, n_pairs);
  print_figure ("sign-in, CPU", cost_ms, "ms", floor_cost, NAN);
  print_figure ("one hash as share of a sign-in", floor_cost / cost_ms, "", 1, 1 / 1.3);
}

static void
measure_reads (const Target *ours, const char *token) {
  Target hello = start_hello ();
  g_autofree char *health = make_request ("GET", "/healthz", NULL, NULL, NULL);
  g_autofree char *items = make_request ("GET", "/v1/items?site=1&limit=40", token, NULL, NULL);
  g_autofree char *etag = etag_of (ours, items);
  g_autofree char *condition = g_strdup_printf ("If-None-Match: %s\r\n", etag);
  g_autofree char *unchanged =
      make_request ("GET", "/v1/items?site=1&limit=40", token, condition, NULL);

  measure ("health", ours, &hello, health, 200, 0.9);
  measure ("cached answer of 40 items", ours, &hello, items, 200, 0.75);
  measure ("unchanged answer (304)", ours, &hello, unchanged, 304, 0.95);
  kill (hello.pid, SIGKILL);
}

static void
prepare (const char *url) {
  run_program (NULL, "--db", url, "--quiet", "init", NULL);
  run_program (NULL, "--db", url, "--quiet", "generate", "--size", "small", NULL);
  run_program (PASSWORD, "--db", url, "user", "add", "bench", "--role", "regional_manager",
               "--sites", "all", "--password-stdin", NULL);
}

int
main (int argc, char **argv) {
  bool quick = argc == 3 && strcmp (argv[2], "--quick") == 0;
  Target ours;

  if (argc < 2 || (argc > 2 && !quick)) {
    fprintf (stderr, "usage: %s PROGRAM [--quick]\n", argv[0]);
    return 2;
  }

  if (quick) {
    n_pairs = 3;
    n_requests = 500;
  }

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  program = argv[1];
  folder = g_dir_make_tmp ("retailai-bench-XXXXXX", NULL);

  g_autofree char *url = g_strdup_printf ("sqlite:%s/bench.db", folder);
  prepare (url);
  g_autoptr (GSubprocess) server = start_server (url, &ours);

  g_autofree char *token = sign_in (&ours, "bench");
  measure_reads (&ours, token);
  measure_sign_in (&ours);
  measure_writes (&ours, token, quick);
  g_subprocess_send_signal (server, SIGTERM);
  g_subprocess_wait (server, NULL, NULL);

  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  return 0;
}
