"""What ``wirehouse`` can be told; one module a family of commands, each loaded when it is called for."""
