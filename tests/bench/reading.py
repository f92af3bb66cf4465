"""Reading and finding side by side with trafilatura: `python -m tests.bench.reading [FOLDER]`, as `claimline bench`."""

from web.cli.bench import bench

if __name__ == "__main__":
    bench()
