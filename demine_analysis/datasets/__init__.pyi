from .check import check_dataset as check_dataset
from .corrections import load_corrections as load_corrections
from .country_years import load_country_years as load_country_years
from .listing import list_datasets as list_datasets
from .load import load_casualties as load_casualties
from .load import load_sources as load_sources
from .load import load_statements as load_statements
from .records import load_records as load_records
