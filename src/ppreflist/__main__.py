"""``python -m ppreflist`` is ``ppreflist``."""

from ppreflist.cli.main import main

if __name__ == "__main__":
    main()
