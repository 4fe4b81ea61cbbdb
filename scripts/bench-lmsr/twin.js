// The loop of examples/bench_lmsr.rs in plain JavaScript: the same incremental book with the same rebuilds and the
// same guard, with `Math.exp` and `Math.log1p`. Quantities are micro-shares, exact in a double below 2^53.

const MICROS = 1e6;
const REBUILD_EVERY = 1024;
const MAX_EXPONENT = 64;

class Lmsr {
  constructor(liquidity, outcomes) {
    this.liquidity = liquidity;
    this.perMicro = 1 / (liquidity * MICROS);
    this.sold = new Float64Array(outcomes).fill(Math.round(liquidity * Math.log(1 / outcomes) * MICROS));
    this.weights = new Float64Array(outcomes);
    this.rebuild();
  }

  buy(outcome, micros) {
    const exponent = (this.sold[outcome] + micros - this.anchor) * this.perMicro;
    if (exponent > MAX_EXPONENT) return this.buyFar(outcome, micros, exponent);
    const weight = Math.exp(exponent);
    const growth = weight - this.weights[outcome];
    const cost = this.liquidity * Math.log1p(growth / this.weightSum);
    this.sold[outcome] += micros;
    this.weights[outcome] = weight;
    this.weightSum += growth;
    this.tradesSinceRebuild += 1;
    if (this.tradesSinceRebuild >= REBUILD_EVERY) this.rebuild();
    return cost;
  }

  buyFar(outcome, micros, exponent) {
    const rest = (this.weightSum - this.weights[outcome]) * Math.exp(-exponent);
    const cost = this.liquidity * (exponent + Math.log1p(rest) - Math.log(this.weightSum));
    this.sold[outcome] += micros;
    this.rebuild();
    return cost;
  }

  rebuild() {
    this.anchor = this.sold.reduce((a, b) => Math.max(a, b));
    this.weightSum = 0;
    for (let i = 0; i < this.sold.length; i += 1) {
      this.weights[i] = Math.exp((this.sold[i] - this.anchor) * this.perMicro);
      this.weightSum += this.weights[i];
    }
    this.tradesSinceRebuild = 0;
  }
}

/** Makes `trades` purchases on a fresh market of `outcomes` outcomes and returns the sum of their costs. */
export function buyLoop(outcomes, trades) {
  const book = new Lmsr(100, outcomes);
  let state = 1;
  let total = 0;
  for (let trade = 0; trade < trades; trade += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    total += book.buy((state >>> 16) % outcomes, (state >>> 12) + 1);
  }
  return total;
}
