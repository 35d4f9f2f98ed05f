"""The grammar of times as people say them, in Korean, English and Chinese."""
