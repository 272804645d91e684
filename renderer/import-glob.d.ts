/** What Vite makes of it: the addresses of bundled files, by their path. */
interface ImportMeta {
  glob<T>(pattern: string, options: { query: '?url'; import: 'default'; eager: true }): Record<string, T>;
}
