import { defineConfig } from 'vite';

// JSX is compiled by vite itself (tsconfig names preact as its source); the pages go where the server serves them from.
export default defineConfig({
  base: '/',
  build: { outDir: '../wwwroot', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
});
