"""The kernel a diagnosis runs in: this very Python, talking to nobody else."""

from __future__ import annotations

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager


class OwnKernel(AsyncKernelManager):
    """A kernel of the running interpreter, whatever kernels are registered on the machine.

    Messages are encrypted where the installed versions can; that also keeps them from warning
    that they are not.
    """

    transport_encryption = "auto"

    @property
    def kernel_spec(self) -> KernelSpec:
        """The running interpreter as a kernel."""
        return KernelSpec(**get_kernel_dict())
