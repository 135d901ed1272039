"""Reads all columns of a Parquet file in one thread, keeps nothing, and prints the processor time."""

import json
import sys
import time

import pyarrow.parquet as pq

begun = time.process_time()
file = pq.ParquetFile(sys.argv[1], memory_map=True)
rows = sum(batch.num_rows for batch in file.iter_batches(batch_size=10_000, use_threads=False))
print(json.dumps({'cpuMs': (time.process_time() - begun) * 1000, 'rows': rows}))
