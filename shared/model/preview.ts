/** Ways in which the window can show a document. */
export const PREVIEWS = ['pdf', 'text', 'image', 'ofd', 'none'] as const;
export type Preview = (typeof PREVIEWS)[number];
