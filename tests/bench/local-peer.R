# SPDX-License-Identifier: GPL-3.0-or-later
# local-peer.R METHOD: R's forecast over series read from standard input, for bench-local.c. Status 77: not installed.
if (!suppressMessages(require(forecast, quietly = TRUE))) quit(status = 77)
method <- commandArgs(TRUE)[1]
lines <- strsplit(readLines("stdin"), " ")
say <- function(line) {
  values <- as.numeric(line)
  y <- ts(values[-(1:2)], frequency = values[1])
  h <- values[2]
  switch(method,
    arima = forecast(auto.arima(y), h = h)$mean,
    ets = forecast(ets(y), h = h)$mean,
    theta = thetaf(y, h = h)$mean)
}
invisible(say(lines[[1]]))
started <- proc.time()[["elapsed"]]
means <- lapply(lines, say)
cat((proc.time()[["elapsed"]] - started) / length(lines), "\n")
for (mean in means) cat(format(as.numeric(mean), digits = 10), "\n")
