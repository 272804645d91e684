import './buffer.ts';
import './no-eval.ts';
import './main.ts';
