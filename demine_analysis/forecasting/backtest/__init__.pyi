from .board import by_horizon as by_horizon
from .board import scoreboard as scoreboard
from .keep import Kept as Kept
from .keep import kept_backtest as kept_backtest
from .models import MODELS as MODELS
from .models import Model as Model
from .scoring import HORIZONS as HORIZONS
from .scoring import backtest as backtest
