// How much of what could be known each way to combine beliefs finds, over 40,000 simulated worlds a cell
import { runNativeBench } from './native-bench.mjs';

runNativeBench('efficiency');
