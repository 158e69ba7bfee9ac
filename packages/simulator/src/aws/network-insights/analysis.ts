import type { AwsCall, TimerHandlers } from '../operation/operation.js';
import { explanation, pathComponents } from './components.js';
import { search } from './search.js';

/** From its start until an analysis has its result. "The analysis can take a few minutes." Simulated milliseconds [I]. */
export const ANALYSIS_MS = 30_000;

/** "Reachability Analyzer automatically deletes an analysis 120 days after its creation date." */
const KEPT_MS = 120 * 86_400_000;

/** An analysis ends, of the network as it is then, and is deleted after a while. */
export const insightsTimers: TimerHandlers = {
  'network-insights.analysis': (call, { id, to }) => {
    if (to === 'deleted') call.state.ec2.insightsAnalyses.delete(String(id));
    else if (finish(call, String(id)))
      call.after(KEPT_MS, 'network-insights.analysis', { id: String(id), to: 'deleted' });
  },
};

/** Whether there is such an analysis and its path still. */
function finish(call: AwsCall, id: string): boolean {
  const row = call.state.ec2.insightsAnalyses.get(id);
  const path = row && call.state.ec2.insightsPaths.get(row.fields.NetworkInsightsPathId);
  if (!row || !path) return false;

  const { forward, back, explained } = search(call, path.fields, row.fields);
  Object.assign(row.fields, {
    Status: 'succeeded',
    NetworkPathFound: explained.length === 0,
    ForwardPathComponents: pathComponents(call, forward),
    ReturnPathComponents: pathComponents(call, back),
    Explanations: explained.map((one) => explanation(call, one, path.fields.Destination)),
  });
  return true;
}
