/** The mapping document of a job. Every value is escaped by a filter; the template holds the fixed words. */
export const documentTemplate = `# {{ title | text }}

{{ overview }}

| | |
|---|---|
| Source | {{ source | code }} |
| Kind | {{ kind | text }} |
| Script | {{ script | code }} |
| Job in AWS | {{ awsName | code }} |
| Elements | {{ elements | text }} |

{% if opaque.length %}
## What has to be written by hand

{% for item in opaque %}
- {{ item.name | text }} ({{ item.type | text }}): {{ item.reason | text }}
{% endfor %}

{% endif %}
{% for flow in flows %}
## {{ flow.title | text }}

{% for picture in flow.pictures %}
\`\`\`mermaid
{{ picture }}
\`\`\`

{% endfor %}
| Stage | Kind | What it does |
|---|---|---|
{% for step in flow.steps %}
| {{ step.name | text }} | {{ step.kind | text }} | {{ step.what | code }} |
{% endfor %}

{% if flow.rules.length %}
### Conditions, keys and variables

| Stage | Rule | As exported | As converted |
|---|---|---|---|
{% for rule in flow.rules %}
| {{ rule.stage | text }} | {{ rule.rule | text }} | {{ rule.original | code }} | {{ rule.converted | code }} |
{% endfor %}

{% endif %}
{% if flow.mapping %}
### Source to target

{{ flow.mapping }}

{% endif %}
{% if flow.columns.length and not flow.mapping %}
### Derived columns, stage by stage

| Stage | Column | Type | As exported | As converted |
|---|---|---|---|---|
{% for column in flow.columns %}
| {{ column.stage | text }} | {{ column.name | text }} | {{ column.type | text }} | {{ column.original | code }} | {{ column.converted | code }} |
{% endfor %}

{% endif %}
{% if flow.moves and not flow.mapping %}
Columns that move on as they are: {{ flow.moves | text }}.

{% endif %}
{% endfor %}
{% if tasks.length %}
## Control flow

| Task | Kind | Runs after |
|---|---|---|
{% for task in tasks %}
| {{ task.name | text }} | {{ task.kind | text }} | {{ task.after | text }} |
{% endfor %}

{% endif %}
## Arguments

{% if parameters.length %}
| Argument | Default | Meaning |
|---|---|---|
{% for one in parameters %}
| {{ one.name | code }} | {{ one.default | code }} | {{ one.description | text }} |
{% endfor %}
{% else %}
The job has none.
{% endif %}

{% if statements.length %}
## SQL of the export

{% for one in statements %}
### {{ one.name | text }}

{{ one.way | text }} Connection: {{ one.connection | code }}.

{% for text in one.sql %}
{{ text | block("sql") }}

{% endfor %}
{% endfor %}
{% endif %}
## Declared differences

{% if differences.length %}
| Id | Where | What differs | How to check | Test rows |
|---|---|---|---|---|
{% for one in differences %}
| {{ one.id | text }} | {{ one.element | text }} | {{ one.detail | text }} | {{ one.check | text }} | {{ one.sentence | text }} |
{% endfor %}
{% for one in differences %}
{% if one.lines.length %}

### Rows behind {{ one.id | text }} at {{ one.element | text }}

| Target | Row | Column | Old job | New job |
|---|---|---|---|---|
{% for line in one.lines %}
| {{ line.output | text }} | {{ line.row | code }} | {{ line.column | text }} | {{ line.old | code }} | {{ line.new | code }} |
{% endfor %}
{% endif %}
{% endfor %}
{% else %}
None: the new job is meant to give what the old one gave.
{% endif %}

## What to check

{% for one in checks %}
{% if one.findings.length == 1 %}
- {{ one.findings[0] | prose }} {{ one.remedy | prose }}
{% else %}
- {{ one.remedy | prose }} This is for:
{% for finding in one.findings %}
  - {{ finding | prose }}
{% endfor %}
{% endif %}
{% else %}
- Nothing is open.
{% endfor %}

## Run book

- Start: {{ start | code }}
- Required arguments: {% if required.length %}{% for one in required %}{{ one | code }}{% if not loop.last %}, {% endif %}{% endfor %}{% else %}none{% endif %}.
- A run can be repeated: {{ repeat | text }}
- A failed run names the {{ noun | lower }} in its message (\`{{ noun }} NAME: …\`). Its output is in the log group {{ logGroup | code }}.
- Tests: {{ tests | code }}
`
