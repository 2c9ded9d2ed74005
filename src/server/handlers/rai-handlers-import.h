/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/rai-request.h"

/* Files that come in pieces, and bringing them in. */
void rai_handle_upload_begin (RaiRequest *request);
void rai_handle_upload_piece (RaiRequest *request);
void rai_handle_upload (RaiRequest *request);
void rai_handle_upload_remove (RaiRequest *request);
void rai_handle_import_start (RaiRequest *request);
void rai_handle_import (RaiRequest *request);
void rai_handle_import_rejects (RaiRequest *request);
void rai_handle_import_cancel (RaiRequest *request);
