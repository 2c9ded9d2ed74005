/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forecast/trees/rai-global-methods.h"

#include "forecast/trees/rai-global.h"

const RaiForecaster rai_boost_counts = {
  .method = RAI_METHOD_BOOST,
  .title = "Boosted trees, Tweedie loss, over all series",
  .paper = "Friedman, Annals of Statistics 29(5), 2001; Makridakis et al., M5 accuracy "
           "competition, 2022",
  .global = RAI_GLOBAL_COUNTS,
  .uses = RAI_AUTO_COUNTS,
  .turn = 5,
};

const RaiForecaster rai_boost_logs = {
  .method = RAI_METHOD_BOOST_LOG,
  .title = "Boosted trees on logarithms, over all series",
  .paper = "Friedman, Annals of Statistics 29(5), 2001",
  .global = RAI_GLOBAL_LOGS,
  .uses = RAI_AUTO_SMOOTH,
  .turn = 6,
};

const RaiForecaster rai_forest = {
  .method = RAI_METHOD_FOREST,
  .title = "Random forest over all series",
  .paper = "Breiman, Machine Learning 45(1), 2001",
  .global = RAI_GLOBAL_FOREST,
};

const RaiForecaster rai_boost_counts_bands = {
  .method = RAI_METHOD_BOOST_BANDS,
  .title = "Boosted trees, Tweedie loss, one model for each band of the horizon",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (direct)",
  .global = RAI_GLOBAL_COUNTS_BANDS,
};

const RaiForecaster rai_boost_logs_bands = {
  .method = RAI_METHOD_BOOST_LOG_BANDS,
  .title = "Boosted trees on logarithms, one model for each band of the horizon",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (direct)",
  .global = RAI_GLOBAL_LOGS_BANDS,
};

const RaiForecaster rai_boost_counts_recursive = {
  .method = RAI_METHOD_BOOST_RECURSIVE,
  .title = "Boosted trees, Tweedie loss, fed with their own forecasts",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (recursive)",
  .global = RAI_GLOBAL_COUNTS_RECURSIVE,
};

const RaiForecaster rai_boost_logs_recursive = {
  .method = RAI_METHOD_BOOST_LOG_RECURSIVE,
  .title = "Boosted trees on logarithms, fed with their own forecasts",
  .paper = "Ben Taieb et al., Expert Systems with Applications 39(8), 2012 (recursive)",
  .global = RAI_GLOBAL_LOGS_RECURSIVE,
};
