// Its own file, so that the bundler makes of it a script of the window: the policy of the page lets no other run.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
