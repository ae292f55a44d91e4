"""Compile the kernels; where no compiler is to be had, the package installs without them and runs on NumPy."""

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

COMPILE = ["-O3", "-g0"] if sys.platform != "win32" else ["/O2"]  # without symbols: a quarter of the time
SHARED = "textaug.kernels._shared"  # what Cython needs for buffers: once for all kernels, not in each of them
DIRECTIVES = {
    "language_level": 3,
    "boundscheck": False,
    "wraparound": False,
    "cdivision": True,
    "initializedcheck": False,
    "embedsignature": True,
}
if os.environ.get("TEXTAUG_DEBUG"):  # bounds checks; TEXTAUG_DEBUG=asan adds the sanitizers
    DIRECTIVES |= {"boundscheck": True, "initializedcheck": True}
    COMPILE = ["-O1", "-g"]
    if os.environ["TEXTAUG_DEBUG"] == "asan":
        COMPILE += ["-fsanitize=address,undefined", "-fno-omit-frame-pointer"]


def extensions() -> list[Extension]:
    """Each kernel is optional: a failed compilation leaves its NumPy twin in place."""
    try:
        from Cython.Build import cythonize
    except ImportError:
        return []
    links = [flag for flag in COMPILE if flag.startswith("-fsanitize")]
    sources = [*sorted(Path("textaug/kernels").glob("*.pyx")), Path(SHARED.replace(".", "/") + ".c")]
    modules = [
        Extension(
            ".".join(path.with_suffix("").parts),
            [str(path)],
            extra_compile_args=COMPILE,
            extra_link_args=links,
            include_dirs=["textaug/kernels"],
        )
        for path in sources
    ]
    compiled = cythonize(
        modules,
        nthreads=os.cpu_count() or 1,
        compiler_directives=DIRECTIVES,
        shared_utility_qualified_name=SHARED,
        force=bool(os.environ.get("TEXTAUG_DEBUG")),
    )
    for extension in compiled:
        extension.optional = True  # cythonize makes new ones and forgets what it does not know
    return list(compiled)


if __name__ == "__main__":  # Cython's processes import this file where they cannot be forked
    setup(ext_modules=extensions(), options={"build_ext": {"parallel": True}})
