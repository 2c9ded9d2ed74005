/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/rai-options.h"
#include "client/rai-window.h"

/* Writes PAGE.png for each page into a folder: goes there, waits until it is filled, draws the
 * window. Without a folder it only visits the pages, for those who measure. */
typedef struct _RaiPictures RaiPictures;

typedef void (*RaiPicturesDone) (RaiPictures *pictures, bool ok, void *data);
/* Problems are printed on standard error. `done` is called once, from the main loop. */
RaiPictures *rai_pictures_start (RaiWindow *window, RaiSession *session, const RaiOptions *options,
                                 RaiPicturesDone done, void *data);
void rai_pictures_free (RaiPictures *pictures);
