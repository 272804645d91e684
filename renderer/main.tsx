/** The window's code compiles without Node; this keeps the room's project from being empty. */
export {};
