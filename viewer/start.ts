import './buffer.ts';
import './main.ts';
