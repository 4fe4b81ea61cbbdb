// How long a finished run takes to be asked everything: Shapley values, without each agent, other orders, other liquidity
import { runNativeBench } from './native-bench.mjs';

runNativeBench('analysis');
