import type { End, PathStep, TracedStep } from '../model/step.js';
import { answerSteps, callSteps } from '../segment.js';
import { routeTo } from '../routes/route.js';
import { inFamily, isIndirect, keptTooFar, CHECK, lost } from './member-ends.js';

/** A call from a load balancer's address to a target that sees `seen` as the caller. */
export function* between(given: End, client: End, end: End, port: number, name: string): Generator<TracedStep> {
  if (given.place === undefined) {
    yield { way: { from: given, to: end, port }, step: lost(name, `the subnet of ${given.text}`, given.unplaced) };
    return;
  }

  const node = inFamily(given, end.span.family);
  if (node?.place === undefined) {
    const what = `the IPv${end.span.family} address of ${given.owner ?? given.text}`;
    yield { way: { from: given, to: end, port }, step: lost(name, what) };
    return;
  }

  // Client addresses are preserved only for targets of the same family.
  const seen = client === given || client.span.family !== end.span.family ? node : client;
  const segment = { way: { from: node, to: end, port }, seen, arrival: routeTo(node.place, end) };
  if (seen !== node && isIndirect(segment.arrival, node.place.world)) {
    yield { way: { ...segment.way, from: seen }, step: keptTooFar(name, node.place.world) };
    return;
  }

  for (const { step, way } of callSteps(segment)) {
    yield { way, step: asBackend(step, name) };
    if (step.verdict === 'fail') return;
  }
  // Behind a next hop that forwards in its own way, the target may see another caller, and answer on another path.
  if (segment.arrival.at === undefined) return;

  for (const { step, way } of answerSteps(segment)) yield { way, step: asBackend(step, name) };
}

/** The end that calls come from, as a load balancer's targets see it. */
export function seenFrom(client: End, node: End, preserves: boolean): End {
  if (!preserves) return node;

  // Rules that name the client's groups do not apply behind a load balancer; those that name the load
  // balancer's groups do.
  return { ...client, groups: node.groups, text: `${client.text} through ${node.owner ?? node.text}` };
}

export function asBackend(step: PathStep, name: string): PathStep {
  return { ...step, check: CHECK, hop: `load balancer to ${name}: ${step.hop}` };
}
