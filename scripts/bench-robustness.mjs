// What must hold whatever anybody does: manipulation, wash trades, sybils, bad orders, money, each with its bound
import { runNativeBench } from './native-bench.mjs';

runNativeBench('robustness');
