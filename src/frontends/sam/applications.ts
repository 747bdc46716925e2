import { get } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import type { Sam } from './template.ts';

/** An application whose `Location` is a file is a nested stack (sam_resources.py SamApplication); one of the repository stays unseen. */
export function compileApplications({ resources, output }: Sam): void {
  for (const { id, type, key, properties, condition } of resources.values()) {
    const location = get(properties, 'Location');
    if (type !== 'AWS::Serverless::Application' || asText(location) === undefined) continue;
    const parameters = get(properties, 'Parameters');
    const handed = parameters.kind === 'absent' ? undefined : parameters;
    output.add(id, 'AWS::CloudFormation::Stack', key, { TemplateURL: location, Parameters: handed }, { condition });
  }
}
