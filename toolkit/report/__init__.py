"""From the numbers to what people read: charts, tables, sentences, workbook, page."""
