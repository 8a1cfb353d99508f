"""Finds candidate pairs with Spark: spark_pairs.py CLAUSES.jsonl JOIN.sql PAIRS/ [MASTER]

Without a master it runs on a cluster of this machine: two executors, each a process of its own with one core.
"""

import pathlib
import sys

from pyspark.sql import SparkSession

clauses, join, pairs = sys.argv[1:4]
master = sys.argv[4] if len(sys.argv) > 4 else "local-cluster[2,1,2048]"
spark = (
    SparkSession.builder.master(master)
    .appName("duikan")
    .config("spark.executor.memory", "2g")
    .config("spark.driver.memory", "2g")
    .config("spark.sql.shuffle.partitions", "8")
    .config("spark.ui.enabled", "false")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)
spark.read.schema("id string, key string").json(clauses).createOrReplaceTempView("clauses")
spark.sql(pathlib.Path(join).read_text()).write.mode("overwrite").json(pairs)
print("executors:", spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1)
spark.stop()
