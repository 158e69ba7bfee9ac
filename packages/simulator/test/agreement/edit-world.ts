import { simulate, type Simulation } from '../../src/index.js';

/** A part of a saved world. */
type Json = Readonly<Record<string, unknown>>;

type Saved = ReturnType<Simulation['world']>;

/** A saved world with some rows changed, for states that no call of a simulated cloud can create. */
export function withRows(world: Saved, edit: (row: Json) => Json): Saved {
  return JSON.parse(JSON.stringify(world), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? edit(value as Json) : value,
  ) as Saved;
}

/** Changes rows of a running world. */
export function editRows(sim: Simulation, edit: (row: Json) => Json): void {
  sim.load(withRows(sim.world(), edit));
}

/**
 * The world after links and application load balancers got new addresses in their subnets: the new addresses by the
 * old.
 */
export function afterMoves(world: Saved, moves: ReadonlyMap<string, string>): Simulation {
  const text = JSON.stringify(
    withRows(world, (row) => (isInterface(row) ? moved(row, moves) : row)),
    (_key, value: unknown) => {
      // The owner of an address is stored by network and address.
      if (typeof value !== 'string' || !/^vpc-\w+\/[\d.]+$/.test(value)) return value;
      const [network = '', address = ''] = value.split('/');
      return moves.has(address) ? `${network}/${moves.get(address)}` : value;
    },
  );
  const sim = simulate({ seed: 7, throttle: false });
  sim.load(JSON.parse(text));
  return sim;
}

const isInterface = (row: Json): boolean => 'macAddress' in row;

function moved(row: Json, moves: ReadonlyMap<string, string>): Json {
  const entries = Object.entries(row).map(([key, value]): [string, unknown] => {
    if (typeof value === 'string') return [key, moves.get(value) ?? value];
    return [key, Array.isArray(value) ? value.map((one: unknown) => moves.get(String(one)) ?? one) : value];
  });
  return Object.fromEntries(entries);
}
