"""One engine a file: BlazePose on OpenVINO (default), MediaPipe (reference); and their weights."""
